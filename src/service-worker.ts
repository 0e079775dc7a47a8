/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkOnly } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope;

const OFFLINE = '/offline';
const SHELL = 'shell';

// Fetched without cookies, so that what is kept is what a stranger would see.
self.addEventListener('install', (event) => {
	const request = new Request(OFFLINE, { credentials: 'omit', cache: 'reload' });
	event.waitUntil(caches.open(SHELL).then((cache) => cache.add(request)));
	void self.skipWaiting();
});
clientsClaim();

// Only what bears its own hash in its name is kept: it holds no word of anybody.
registerRoute(
	({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_app/immutable/'),
	new CacheFirst({ cacheName: 'hashed-assets', plugins: [new ExpirationPlugin({ maxEntries: 120 })] }),
);
registerRoute(({ request }) => request.mode === 'navigate', new NetworkOnly());
setCatchHandler(async ({ request }) => {
	const page = request.mode === 'navigate' ? await caches.match(OFFLINE) : undefined;
	return page ?? Response.error();
});

/** A notice as our own server encrypted it for this device: what is shown, where it leads, and what is said back. */
interface Told {
	readonly title: string;
	readonly path: string;
	readonly receipt: string;
	readonly lang: string;
}

self.addEventListener('push', (event) => {
	const told = readTold(event.data);
	if (told) event.waitUntil(show(told));
});

function readTold(data: PushMessageData | null): Told | undefined {
	try {
		return data?.json() as Told;
	} catch {
		return undefined;
	}
}

/** Shows the notice, one for all that wait, and then says that it came: without a word from here the message goes by SMS. */
async function show({ title, path, receipt, lang }: Told): Promise<void> {
	await self.registration.showNotification(title, {
		lang,
		tag: 'message',
		icon: '/icon-192.png',
		badge: '/icon-192.png',
		data: { path },
	});
	await fetch('/push/received', {
		method: 'POST',
		credentials: 'omit',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ receipt }),
	});
}

self.addEventListener('notificationclick', (event) => {
	event.notification.close();
	const { path } = event.notification.data as Pick<Told, 'path'>;
	event.waitUntil(lead(path));
});

/** To the page in a window that is open, or in a new one; never away from here. */
async function lead(path: string): Promise<void> {
	const url = new URL(path, self.location.origin);
	if (url.origin !== self.location.origin) return;
	const [open] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	if (!open) return void (await self.clients.openWindow(url));
	await open.focus();
	// A window that this worker does not control yet cannot be led.
	await open.navigate(url.href).catch(() => self.clients.openWindow(url));
}
