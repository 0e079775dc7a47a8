/*
 * A sign-out that could not be told to the bank: the worker remembers it, and carries it out before anything else once there is a
 * line. What the device kept of the person goes at once.
 */

/** A cache of addresses alone: the worker reads it, and it outlives the browser. */
const OWED = 'sign-out-owed';
const PATIENCE_MS = 10_000;
const DATABASES = ['capture', 'offline'];

/** Whether the bank still has to be told. */
export function isSignOutOwed(): Promise<boolean> {
	return caches.has(OWED);
}

/** Signs out at `path` and empties the device; where the bank does not hear it, that is owed, and the answer is undefined. */
export async function signOut(path: string): Promise<Response | undefined> {
	const answer = await tellBank(path);
	if (!answer) await (await caches.open(OWED)).put(path, new Response());
	await emptyDevice();
	return answer;
}

let settling: Promise<boolean> | undefined;

/** Carries out what is owed, once however many ask; false where something still is. */
export function settleSignOut(): Promise<boolean> {
	settling ??= settle().finally(() => (settling = undefined));
	return settling;
}

async function settle(): Promise<boolean> {
	if (!(await isSignOutOwed())) return true;
	for (const { url } of await (await caches.open(OWED)).keys()) if (!(await tellBank(url))) return false;
	await caches.delete(OWED);
	await emptyDevice();
	return true;
}

/** Undefined where no answer comes in time, or one that says that the bank cannot do it now. */
async function tellBank(path: string): Promise<Response | undefined> {
	const patience = new AbortController();
	const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
	const request: RequestInit = { method: 'POST', redirect: 'manual', signal: patience.signal };
	const answer = await fetch(path, request).catch(() => undefined);
	clearTimeout(timer);
	return answer && answer.status < 500 ? answer : undefined;
}

/** What only a page can reach, the page for when there is no network empties (routes/offline/at-once.js). */
async function emptyDevice(): Promise<void> {
	// May take as long as there is no line.
	void endNotices().catch(() => undefined);
	await Promise.all(DATABASES.map(deleteDatabase));
}

/** A page that still writes lets go of it, or loses it when it is closed: nobody waits for that. */
function deleteDatabase(name: string): Promise<void> {
	return new Promise((resolve) => {
		const request = indexedDB.deleteDatabase(name);
		request.onsuccess = request.onerror = request.onblocked = () => resolve();
	});
}

async function endNotices(): Promise<void> {
	const { registration } = self as unknown as { registration: ServiceWorkerRegistration };
	await (await registration.pushManager.getSubscription())?.unsubscribe();
}
