"""llama.cpp's own HTTP server on a free port of this machine: says its address, and ends with its standard input.

Arguments: the model's GGUF file, the key that it wants."""

import sys

import xllamacpp

params = xllamacpp.CommonParams()
params.model.path, key = sys.argv[1:]
params.api_keys = [key]
params.port = 0
params.n_ctx = 2048
params.n_parallel = 1
params.warmup = False
# Others compute beside it, and its threads wait for each other by spinning.
params.cpuparams.n_threads = 1
params.cpuparams_batch.n_threads = 1

server = xllamacpp.Server(params)
print(f"listening at {server.listening_address}", flush=True)
sys.stdin.read()
