// After everything else has arrived: keeps hashed files and the offline page. Browsers without it lose nothing.
addEventListener('load', () => {
	navigator.serviceWorker?.register('/service-worker.js', { scope: '/' }).catch(() => undefined);
});
