import pg from 'pg';
import { backoff } from '#lib/domain/live/backoff.ts';

/** What a listener is told. */
export interface Heard {
	/** Something was announced, by a transaction that has committed. */
	notice(channel: string, payload: string): void;
	/** It listens again after a time in which announcements were lost: whatever one knows has to be asked for anew. */
	resync(): void;
}

/** A connection that listens until it is closed. */
export interface Listener {
	/** Whether it listens: at once where it does, else as soon as it does or once so many milliseconds are over. */
	listens(withinMs: number): Promise<boolean>;
	close(): Promise<void>;
}

/**
 * Listens on channels of the database by a connection of its own, outside every pool: it is never lent out. One that breaks is
 * replaced, sooner or later as the database comes back; the process does not wait for it.
 */
export function listen(connectionString: string, channels: readonly string[], heard: Heard): Listener {
	let client: pg.Client | undefined;
	let timer: NodeJS.Timeout | undefined;
	let failures = 0;
	let hasListened = false;
	let isClosed = false;
	let isListening = false;
	const waiting = new Set<() => void>();

	const retry = () => {
		if (isClosed) return;
		timer = setTimeout(() => void open(), backoff(failures++, Math.random(), { first: 200, most: 10_000 }));
	};
	const open = async () => {
		const own = new pg.Client({ connectionString, application_name: 'repayment-portal listen', keepAlive: true });
		client = own;
		let isOver = false;
		const over = () => {
			if (isOver) return;
			isOver = true;
			isListening = false;
			own.removeAllListeners('notification');
			void own.end().catch(() => undefined);
			retry();
		};
		own.on('error', over);
		own.on('end', over);
		own.on('notification', ({ channel, payload }) => heard.notice(channel, payload ?? ''));
		try {
			await own.connect();
			for (const channel of channels) await own.query(`listen ${pg.escapeIdentifier(channel)}`);
			failures = 0;
			isListening = !isOver;
			for (const tell of waiting) tell();
			if (hasListened) heard.resync();
			hasListened = true;
		} catch {
			over();
		}
	};
	void open();
	return {
		async listens(withinMs) {
			if (isListening) return true;
			const told = Promise.withResolvers<void>();
			const patience = setTimeout(told.resolve, withinMs);
			waiting.add(told.resolve);
			await told.promise;
			waiting.delete(told.resolve);
			clearTimeout(patience);
			return isListening;
		},
		async close() {
			isClosed = true;
			clearTimeout(timer);
			await client?.end().catch(() => undefined);
		},
	};
}
