import pg from 'pg';
import { backoff } from '#lib/domain/live/backoff.ts';

/** What a listener is told. */
export interface Heard {
	/** Something was announced, by a transaction that has committed. */
	notice(channel: string, payload: string): void;
	/** It listens from now on, for the first time or again: what was announced before is lost, and whatever one knows has to be asked for anew. */
	resync(): void;
}

/** A connection that listens until it is closed. */
export interface Listener {
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
	let isClosed = false;

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
			heard.resync();
		} catch {
			over();
		}
	};
	void open();
	return {
		async close() {
			isClosed = true;
			clearTimeout(timer);
			await client?.end().catch(() => undefined);
		},
	};
}
