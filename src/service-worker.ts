/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkOnly } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope;

const OFFLINE = '/offline';
const SHELL = 'shell';
const DAY_MS = 86_400_000;

/** The page for when there is no network, and the scripts that it names: by their names they are that page's and no other's. */
async function fillShell(): Promise<void> {
	const page = await fetch(OFFLINE, { credentials: 'omit', cache: 'reload' });
	if (!page.ok) throw new Error(`${OFFLINE} cannot be had`);
	const metas = (await page.clone().text()).matchAll(/<meta name="script" content="([^"]+)"/g);
	const scripts = [...metas].flatMap(([, address]) => address ?? []);
	const shell = await caches.open(SHELL);
	await shell.addAll(scripts);
	await shell.put(OFFLINE, page);
	for (const request of await shell.keys()) {
		if (![OFFLINE, ...scripts].includes(new URL(request.url).pathname)) await shell.delete(request);
	}
}

/** The worker itself seldom changes: so what it keeps is fetched anew once it is a day older than a page that has just come. */
async function refreshShell(response: Response): Promise<void> {
	const kept = await caches.match(OFFLINE);
	const dates = [response, kept].map((each) => Date.parse(each?.headers.get('date') ?? ''));
	const [came = NaN, filled = NaN] = dates;
	if (!(came - filled < DAY_MS)) await fillShell();
}

// Fetched without cookies, so that what is kept is what a stranger would see.
self.addEventListener('install', (event) => {
	event.waitUntil(fillShell());
	void self.skipWaiting();
});
clientsClaim();

// Only what bears its own hash in its name is kept: it holds no word of anybody.
registerRoute(
	({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith('/_app/immutable/'),
	new CacheFirst({ cacheName: 'hashed-assets', plugins: [new ExpirationPlugin({ maxEntries: 120 })] }),
);
registerRoute(
	({ request }) => request.mode === 'navigate',
	new NetworkOnly({
		plugins: [
			{
				fetchDidSucceed: ({ response, event }) => {
					event.waitUntil(refreshShell(response).catch(() => undefined));
					return Promise.resolve(response);
				},
			},
		],
	}),
);
setCatchHandler(async ({ request }) => {
	const shell = await caches.open(SHELL);
	return (await shell.match(request.mode === 'navigate' ? OFFLINE : request)) ?? Response.error();
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
