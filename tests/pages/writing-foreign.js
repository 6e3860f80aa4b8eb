// The same server under its other name: another site.
const other = new URL('writing-frame.html', location.href);
other.hostname = location.hostname === 'localhost' ? '127.0.0.1' : 'localhost';
document.querySelector('#foreign').src = other.href;
