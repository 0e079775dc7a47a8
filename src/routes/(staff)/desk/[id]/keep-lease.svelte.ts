import { deserialize } from '$app/forms';

/** How often a page that is being used asks for more time. */
const RENEW_EVERY_MS = 120_000;

/** A lease as the server told it: when it ends, and in how many milliseconds that is, whatever the device's clock says. */
interface Lease {
	readonly endsAt: Date;
	readonly endsInMs: number;
}

/** The lease as the page knows it, kept alive while the page is used. Without JavaScript a button does the same. */
export class LeaseKeeper {
	endsAt: Date | null = $state(null);
	isOver = $state(false);
	#fence = 0;
	#askedAt = 0;
	#timer: ReturnType<typeof setTimeout> | undefined;

	/** Starts from what the server said; call it again whenever it says something new. */
	start({ fence, ...lease }: Lease & { fence: number }): void {
		this.#fence = fence;
		this.#askedAt = performance.now();
		this.#keep(lease);
	}

	stop(): void {
		clearTimeout(this.#timer);
	}

	/** The page was used: time is asked for, now and then. */
	async used(): Promise<void> {
		if (this.isOver || performance.now() - this.#askedAt < RENEW_EVERY_MS) return;
		this.#askedAt = performance.now();
		const body = new FormData();
		body.set('fence', String(this.#fence));
		const headers = { accept: 'application/json', 'x-sveltekit-action': 'true' };
		// A lost connection is no lost lease: the next use asks again, and the server has the last word anyway.
		const response = await fetch('?/renew', { method: 'POST', body, headers }).catch(() => undefined);
		if (!response) return;
		const result = deserialize<{ lease?: Lease }, Record<string, unknown>>(await response.text());
		if (result.type === 'success' && result.data?.lease) this.#keep(result.data.lease);
		else if (result.type === 'failure') this.isOver = true;
	}

	#keep({ endsAt, endsInMs }: Lease): void {
		this.endsAt = endsAt;
		this.isOver = false;
		clearTimeout(this.#timer);
		this.#timer = setTimeout(() => (this.isOver = true), endsInMs);
	}
}
