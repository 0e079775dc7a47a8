// Keeps hashed files and the offline page, notes when the line was lost, and sends what was written without one. Browsers without it
// lose nothing. A new version of the worker takes over without a page being read anew.
navigator.serviceWorker?.register('/service-worker.js', { scope: '/' }).catch(() => undefined);
try {
	if (!document.getElementById('offline')) {
		localStorage.removeItem('offline-since');
		const { device, now } = document.getElementById('session-ending')?.dataset ?? {};
		const isMet = localStorage.getItem('device') === device && !localStorage.getItem('unsent');
		if (device && !isMet) void import('/offline.js').then(({ visit }) => visit(device, Number(now)));
		addEventListener('offline', () => localStorage.setItem('offline-since', String(Date.now())));
		addEventListener('online', () => localStorage.removeItem('offline-since'));
	}
} catch {
	// A browser that keeps nothing.
}
