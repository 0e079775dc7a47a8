import { invalidate } from '$app/navigation';
import { backoff } from '#lib/domain/live/backoff.ts';
import type { CaseNews } from '#lib/domain/live/case-news.ts';

/** How long a page that nobody sees goes on listening. */
const HIDDEN_MS = 60_000;
/** A lost connection is told only once it does not come back by itself. */
const TOLD_LOST_MS = 8_000;
/** A connection on which not even a beat came for so long is dead, whatever the browser thinks of it. */
const SILENT_MS = 60_000;
/** News that come together are looked at together, and not by every desk at once. */
const SETTLE_MS = 250;
const SPREAD_MS = 900;

/** Where a page listens: for the queue, and with a case for what becomes of it since the page was loaded. */
export interface Listening {
	readonly applicationId?: string | undefined;
	readonly seen?: string | undefined;
}

/** What is new at the desk, heard while the page is open and seen; without JavaScript the page is as it was loaded. */
export class LiveDesk {
	news: CaseNews | undefined = $state();
	viewers: readonly string[] = $state([]);
	isLost = $state(false);
	#address = '';
	#source: EventSource | undefined;
	#failures = 0;
	#hasOpened = false;
	#isStale = false;
	#retry: ReturnType<typeof setTimeout> | undefined;
	#hide: ReturnType<typeof setTimeout> | undefined;
	#lost: ReturnType<typeof setTimeout> | undefined;
	#settle: ReturnType<typeof setTimeout> | undefined;
	#silence: ReturnType<typeof setTimeout> | undefined;

	/** Listens until the function that is returned is called. */
	start({ applicationId, seen = '' }: Listening): () => void {
		const query = applicationId === undefined ? '' : `?case=${applicationId}&seen=${encodeURIComponent(seen)}`;
		this.#address = `/desk/live${query}`;
		this.news = undefined;
		this.viewers = [];
		const follow = () => this.#follow();
		const lose = () => this.#lose();
		document.addEventListener('visibilitychange', follow);
		addEventListener('online', follow);
		addEventListener('offline', lose);
		this.#follow();
		return () => {
			document.removeEventListener('visibilitychange', follow);
			removeEventListener('online', follow);
			removeEventListener('offline', lose);
			clearTimeout(this.#hide);
			clearTimeout(this.#settle);
			this.#close();
		};
	}

	/** Opens where the page is seen; where it is not, closes after a while, and is right again once it is. */
	#follow(): void {
		clearTimeout(this.#hide);
		if (document.hidden) {
			this.#hide = setTimeout(() => this.#close(), HIDDEN_MS);
			return;
		}
		if (!this.#source) this.#open();
		else if (this.#isStale) this.#refetch();
	}

	#open(): void {
		const isTrying = this.#lost !== undefined;
		this.#close();
		if (isTrying) this.#tellLost();
		const source = new EventSource(this.#address);
		this.#source = source;
		source.onopen = () => {
			this.#failures = 0;
			this.isLost = false;
			clearTimeout(this.#lost);
			this.#lost = undefined;
			this.#hear();
			if (this.#hasOpened) this.#refetch();
			this.#hasOpened = true;
		};
		source.onerror = () => {
			this.#tellLost();
			// What the browser gives up, such as a refusal, is tried again by ourselves, ever more rarely.
			if (source.readyState !== EventSource.CLOSED) return;
			this.#source = undefined;
			const wait = backoff(++this.#failures, Math.random(), { first: 2000, most: 60_000 });
			this.#retry = setTimeout(() => this.#follow(), wait);
		};
		for (const event of ['queue', 'case', 'viewers', 'resync', 'beat']) {
			source.addEventListener(event, () => this.#hear());
		}
		// With each beat too: waiting grows older, and no announcement that was lost is missed for long.
		for (const event of ['queue', 'resync', 'beat']) source.addEventListener(event, () => this.#refetch());
		source.addEventListener('case', ({ data }: MessageEvent<string>) => (this.news = JSON.parse(data) as CaseNews));
		source.addEventListener('viewers', ({ data }: MessageEvent<string>) => {
			this.viewers = (JSON.parse(data) as { names: string[] }).names;
		});
		source.addEventListener('end', () => this.#close());
	}

	#close(): void {
		clearTimeout(this.#retry);
		clearTimeout(this.#silence);
		clearTimeout(this.#lost);
		this.#lost = undefined;
		this.#source?.close();
		this.#source = undefined;
	}

	/** The device has no network: an open connection would not notice for long. */
	#lose(): void {
		this.#close();
		this.#tellLost();
	}

	#tellLost(): void {
		this.#lost ??= setTimeout(() => (this.isLost = true), TOLD_LOST_MS);
	}

	#hear(): void {
		clearTimeout(this.#silence);
		this.#silence = setTimeout(() => this.#open(), SILENT_MS);
	}

	#refetch(): void {
		this.#isStale = document.hidden;
		if (document.hidden) return;
		clearTimeout(this.#settle);
		this.#settle = setTimeout(
			() => {
				// Asked without a network, the page would give way to one that says it could not be had.
				this.#isStale = !navigator.onLine;
				if (!this.#isStale) void invalidate('desk:queue');
			},
			SETTLE_MS + Math.random() * SPREAD_MS,
		);
	}
}
