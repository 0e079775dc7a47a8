import { caseNews, type CaseState } from '#lib/domain/live/case-news.ts';
import { stateOnPage } from '#lib/domain/live/case-seen.ts';
import { now } from '#lib/server/clock.ts';
import type { Db } from '#lib/server/db/connect.ts';
import { type Identity, runAs } from '#lib/server/db/identity.ts';
import type { DeskNews, Subscriber } from '#lib/server/live/desk-news.ts';
import * as live from '#lib/server/live/live.repository.ts';
import { log } from '#lib/server/log.ts';

/** Who opens a stream, and for which case. */
export interface StreamOrder {
	readonly db: Db;
	readonly news: DeskNews;
	readonly identity: Identity;
	readonly staffId: string;
	readonly applicationId: string | undefined;
	/** What the page knew of the case when it was loaded. */
	readonly seen: string;
	/** Whether the session by which it was opened is still good. */
	readonly isSignedIn: () => Promise<boolean>;
}

const HEARTBEAT_MS = 25_000;
const RENEW_MS = 20_000;
/** Who has not renewed for so long does not look any more. */
const VIEW_MS = 45_000;
const MOST_UNREAD = 200;

/**
 * What is new at the desk, as server-sent events: `queue`; of the open case `case` (what became of it) and `viewers` (who else
 * looks); `resync` after news were lost; `beat` now and then, by which a page knows that it still hears; `end` where the session is over. Undefined where there are too many
 * streams, or the database cannot be heard now: who asks comes back in a while.
 */
export async function openStream(order: StreamOrder): Promise<ReadableStream<Uint8Array> | undefined> {
	if (!(await order.news.hears())) return undefined;
	const stream = new DeskStream(order);
	return stream.join() ? stream.body : undefined;
}

class DeskStream implements Subscriber {
	readonly staffId: string;
	readonly applicationId: string | undefined;
	readonly body: ReadableStream<Uint8Array>;
	readonly #order: StreamOrder;
	#sink: ReadableStreamDefaultController<Uint8Array> | undefined;
	#leave: (() => void) | undefined;
	#timers: NodeJS.Timeout[] = [];
	#known: CaseState | undefined;
	#viewers = '';
	/** Looks at the case follow one another, so that none tells an older state after a newer one. */
	#looking: Promise<void> = Promise.resolve();

	constructor(order: StreamOrder) {
		this.#order = order;
		this.staffId = order.staffId;
		this.applicationId = order.applicationId;
		this.body = new ReadableStream({
			start: (sink) => void (this.#sink = sink),
			cancel: () => this.#close(),
		});
	}

	join(): boolean {
		this.#leave = this.#order.news.join(this);
		if (!this.#leave) return false;
		this.#write('retry: 3000\n: ready\n\n');
		this.#timers.push(setInterval(() => void this.#beat(), HEARTBEAT_MS));
		if (this.applicationId !== undefined) this.#timers.push(setInterval(() => this.#renew(), RENEW_MS));
		for (const timer of this.#timers) timer.unref();
		this.#renew();
		return true;
	}

	queueChanged(): void {
		this.#send('queue', {});
	}

	caseChanged(): void {
		this.#look(async ({ db, staffId, seen }, applicationId) => {
			const at = now();
			const state = await live.findCaseState(db, applicationId, at);
			const known = this.#known ?? (state && stateOnPage(seen, state));
			const news = known && state && caseNews(known, state, staffId);
			this.#known = state;
			if (news) this.#send('case', news);
			const since = new Date(at.getTime() - VIEW_MS);
			const names = await live.listViewers(db, { applicationId, staffId, since });
			const viewers = JSON.stringify(names);
			if (viewers !== this.#viewers) this.#send('viewers', { names });
			this.#viewers = viewers;
		});
	}

	resync(): void {
		this.#send('resync', {});
		this.caseChanged();
	}

	end(): void {
		this.#close();
	}

	/** Says that the case is still being looked at, and looks who else does: what nobody announced shows then. */
	#renew(): void {
		this.#look(async ({ db, staffId }, applicationId) => {
			await live.removeStaleViews(db);
			await live.saveView(db, { applicationId, staffId, at: now() });
		});
		this.caseChanged();
	}

	#look(look: (order: StreamOrder, applicationId: string) => Promise<void>): void {
		const { applicationId } = this;
		if (applicationId === undefined) return;
		this.#looking = this.#looking
			.then(() => (this.#sink ? runAs(this.#order.identity, () => look(this.#order, applicationId)) : undefined))
			// A database that is away is back at the next look, or brings a resync.
			.catch((fault: unknown) => log.warn({ fault }, 'a look at an open case failed'));
	}

	async #beat(): Promise<void> {
		const isSignedIn = await this.#order.isSignedIn().catch(() => true);
		if (isSignedIn) return this.#send('beat', {});
		this.#send('end', {});
		this.#close();
	}

	#send(event: string, data: object): void {
		this.#write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
	}

	#write(text: string): void {
		// Whoever does not read for so long has gone, or comes back and asks anew.
		if ((this.#sink?.desiredSize ?? 0) < -MOST_UNREAD) return this.#close();
		this.#sink?.enqueue(new TextEncoder().encode(text));
	}

	#close(): void {
		const sink = this.#sink;
		if (!sink) return;
		this.#sink = undefined;
		this.#leave?.();
		for (const timer of this.#timers) clearInterval(timer);
		this.#turnAway();
		try {
			sink.close();
		} catch {
			// Its reader has left, which closed it.
		}
	}

	#turnAway(): void {
		const { db, news, identity } = this.#order;
		const { staffId, applicationId } = this;
		if (applicationId === undefined || news.isShown({ staffId, applicationId })) return;
		this.#looking = this.#looking
			.then(() => runAs(identity, () => live.removeView(db, { applicationId, staffId })))
			.catch((fault: unknown) => log.warn({ fault }, 'a look at a case could not be ended'));
	}
}
