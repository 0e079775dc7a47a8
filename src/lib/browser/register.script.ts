/*
 * Keeps hashed files and the offline page, notes when the line was lost, and sends what was written without one. Browsers without it
 * lose nothing. A new version of the worker takes over without a page being read anew. A notice that was tapped is told of on the page,
 * which stays as it is.
 */
import { deviceNow } from './device-clock.ts';

if ('serviceWorker' in navigator) {
	navigator.serviceWorker.register('/service-worker.js', { scope: '/' }).catch(() => undefined);
	navigator.serviceWorker.addEventListener('message', ({ data, ports }: MessageEvent<{ told?: string }>) => {
		const { told } = data;
		if (told === undefined) return;
		ports[0]?.postMessage(true);
		void import('./offline/tell-offline.ts').then(({ tellMessage }) => tellMessage(told));
	});
}
try {
	if (!document.getElementById('offline')) {
		localStorage.removeItem('offline-since');
		const { device, now } = document.getElementById('session-ending')?.dataset ?? {};
		const isMet = localStorage.getItem('device') === device && localStorage.getItem('unsent') === null;
		if (device !== undefined && !isMet) {
			void import('./offline/send-kept.ts').then(({ visit }) => visit(device, Number(now)));
		}
		addEventListener('offline', () => localStorage.setItem('offline-since', String(deviceNow())));
		addEventListener('online', () => localStorage.removeItem('offline-since'));
	}
} catch {
	// A browser that keeps nothing.
}
