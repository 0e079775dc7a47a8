/// <reference lib="webworker" />
import { clientsClaim } from 'workbox-core';
import { ExpirationPlugin } from 'workbox-expiration';
import { registerRoute, setCatchHandler } from 'workbox-routing';
import { CacheFirst, NetworkOnly } from 'workbox-strategies';
import { isSignOutOwed, settleSignOut, signOut } from '#lib/browser/sign-out/owed.ts';

declare const self: ServiceWorkerGlobalScope;

const OFFLINE = '/offline';
const SHELL = 'shell';
const DAY_MS = 86_400_000;
/** For so long a page may think before a new window is opened instead; after a second some browsers open none. */
const ANSWER_MS = 500;

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
const fromServer = new NetworkOnly({
	plugins: [
		{
			fetchDidSucceed: ({ response, event }) => {
				event.waitUntil(refreshShell(response).catch(() => undefined));
				return Promise.resolve(response);
			},
		},
	],
});
// Whoever signed out without a line sees no page of theirs again: the bank is told first.
registerRoute(
	({ request }) => request.mode === 'navigate',
	async (options) => ((await settleSignOut()) ? fromServer.handle(options) : offlinePage()),
);
// A page that is still open in another window asks here whether it may stay.
for (const method of ['GET', 'POST'] as const) {
	registerRoute(
		({ url, sameOrigin }) => sameOrigin && url.pathname === '/stay',
		async ({ request }) => ((await settleSignOut()) ? fetch(request) : Response.error()),
		method,
	);
}
registerRoute(
	({ request, url }) => request.mode === 'navigate' && ['/sign-out', '/sign-out/everywhere'].includes(url.pathname),
	async ({ url, event }) => {
		const answer = await signOut(url.pathname);
		if (!answer) event.waitUntil(askForSync());
		return answer ?? offlinePage();
	},
	'POST',
);
setCatchHandler(async ({ request }) => {
	if (request.mode === 'navigate') return offlinePage();
	return (await (await caches.open(SHELL)).match(request)) ?? Response.error();
});

/** The kept page; where a sign-out is owed, it is told so, and speaks of that. */
async function offlinePage(): Promise<Response> {
	const page = await (await caches.open(SHELL)).match(OFFLINE);
	if (!page || !(await isSignOutOwed())) return page ?? Response.error();
	const { headers } = page;
	return new Response((await page.text()).replace('id="offline"', '$& data-signed-out'), { headers });
}

/** Where the browser knows how, it wakes the worker once there is a line, though the portal is closed. */
async function askForSync(): Promise<void> {
	const { sync } = self.registration as { sync?: { register(tag: string): Promise<void> } };
	await sync?.register('sign-out').catch(() => undefined);
}

self.addEventListener('sync', (event) => {
	const settled = settleSignOut().then((isSettled) => isSettled || Promise.reject(new Error('no line yet')));
	(event as ExtendableEvent).waitUntil(settled);
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

/** To the page, in a new window or, where one is open, by a line on it: what is being filled in there is taken from nobody. */
async function lead(path: string): Promise<void> {
	const url = new URL(path, self.location.origin);
	if (url.origin !== self.location.origin) return;
	const [open] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
	// Browsers allow one of the two.
	if (open && (await hears(open, url.pathname + url.search))) await open.focus();
	else await self.clients.openWindow(url);
}

/** Whether a window takes the message; the first pages have no script that does. */
function hears(open: WindowClient, told: string): Promise<boolean> {
	const { port1, port2 } = new MessageChannel();
	return new Promise((resolve) => {
		port1.onmessage = () => resolve(true);
		setTimeout(() => resolve(false), ANSWER_MS);
		open.postMessage({ told }, [port2]);
	});
}
