// The service worker of the console: its shell, the own inspections and the page of a visit open without a network.
// It keeps files of the program and nothing that the server says of anybody; visits are kept by
// the page itself. `version` and `files` are written before this by the build.
/* global caches, clients, files, self, version */
const prefix = 'qingfeng.console.'
const shell = '/console/'

self.addEventListener('install', (event) => {
  const kept = caches.open(prefix + version).then((cache) => cache.addAll(files))
  event.waitUntil(kept.then(() => self.skipWaiting()))
})

self.addEventListener('activate', (event) => {
  const others = (name) => name.startsWith(prefix) && name !== prefix + version
  const dropped = caches
    .keys()
    .then((names) => Promise.all(names.filter(others).map((name) => caches.delete(name))))
  event.waitUntil(dropped.then(() => clients.claim()))
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate' && pathname.startsWith(shell)) {
    event.respondWith(fetch(request).catch(() => caches.match(shell)))
  } else if (pathname !== shell && files.includes(pathname)) {
    event.respondWith(caches.match(pathname).then((kept) => kept ?? fetch(request)))
  }
})
