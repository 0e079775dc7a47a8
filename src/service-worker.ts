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
