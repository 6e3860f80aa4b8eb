// The name of the ports on which tasks run: the host answers these and no others.
export const ENGINE_PORT = 'engine';
