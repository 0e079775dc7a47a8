// Keeps hashed files and the offline page. Browsers without it lose nothing.
navigator.serviceWorker?.register('/service-worker.js', { scope: '/' }).catch(() => undefined);
