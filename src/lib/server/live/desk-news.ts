import { listen, type Listener } from '#lib/server/db/listen.ts';
import { env } from '#lib/server/env.ts';

/** What one open stream wants to hear. */
export interface Subscriber {
	readonly staffId: string;
	/** The case that its page shows; undefined for the queue alone. */
	readonly applicationId: string | undefined;
	/** The queue is not what it was. */
	queueChanged(): void;
	/** The open case, or who looks at it, is not what it was. */
	caseChanged(): void;
	/** News were lost: everything is to be asked for anew. */
	resync(): void;
	/** The process ends, or the stream has to. */
	end(): void;
}

/** So many streams a process bears, and so many of them one person may have: each holds a connection of their browser too. */
const MOST = 400;
const MOST_EACH = 4;

/** So long a new stream waits for the database to be heard. */
const PATIENCE_MS = 2000;

/** However fast cases are taken, a queue is not looked at more often. */
const TOGETHER_MS = 400;
/** Of transactions that run at once one alone announces: the others have committed by then. */
const AFTERWARDS_MS = 2000;

/** Passes on what the database announces to the open streams of this process, from one connection that listens for all. */
export class DeskNews {
	readonly #subscribers = new Set<Subscriber>();
	readonly #address: string;
	#listener: Listener | undefined;
	#pending: NodeJS.Timeout | undefined;
	#afterwards: NodeJS.Timeout | undefined;
	#isOver = false;

	constructor(address: string) {
		this.#address = address;
	}

	/** Whether it hears the database, or does within a moment; without that a stream would be open and silent. */
	async hears(): Promise<boolean> {
		return !this.#isOver && this.#listening().listens(PATIENCE_MS);
	}

	/** Takes a stream in; undefined where there are too many, or the process is about to end. */
	join(subscriber: Subscriber): (() => void) | undefined {
		const own = [...this.#subscribers].filter(({ staffId }) => staffId === subscriber.staffId).length;
		if (this.#isOver || this.#subscribers.size >= MOST || own >= MOST_EACH) return undefined;
		this.#subscribers.add(subscriber);
		this.#listening();
		return () => this.#subscribers.delete(subscriber);
	}

	/** Whether another stream of this process shows the case to the same person. */
	isShown({ staffId, applicationId }: Pick<Subscriber, 'staffId' | 'applicationId'>): boolean {
		return [...this.#subscribers].some((one) => one.staffId === staffId && one.applicationId === applicationId);
	}

	/** Ends every stream at once, and takes no new one. */
	async end(): Promise<void> {
		this.#isOver = true;
		clearTimeout(this.#pending);
		clearTimeout(this.#afterwards);
		this.#each((one) => one.end());
		await this.#listener?.close();
	}

	#listening(): Listener {
		return (this.#listener ??= listen(this.#address, ['desk', 'desk_view'], {
			notice: (channel, applicationId) => this.#hear(channel, applicationId),
			resync: () => this.#each((one) => one.resync()),
		}));
	}

	#hear(channel: string, applicationId: string): void {
		this.#each((one) => one.applicationId === applicationId && one.caseChanged());
		if (channel !== 'desk') return;
		this.#pending ??= setTimeout(() => {
			this.#pending = undefined;
			this.#each((one) => one.queueChanged());
		}, TOGETHER_MS);
		this.#afterwards ??= setTimeout(() => {
			this.#afterwards = undefined;
			this.#each((one) => one.queueChanged());
			this.#each((one) => one.applicationId !== undefined && one.caseChanged());
		}, AFTERWARDS_MS);
	}

	#each(tell: (subscriber: Subscriber) => unknown): void {
		for (const one of [...this.#subscribers]) tell(one);
	}
}

let shared: DeskNews | undefined;

/** The one of this process. */
export function deskNews(): DeskNews {
	shared ??= new DeskNews(env().databaseUrl ?? '');
	return shared;
}
