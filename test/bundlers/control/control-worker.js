let allowed = true;
try {
  new Function('');
} catch {
  allowed = false;
}
self.postMessage(allowed);
