import type { KeptFile, Source } from './keep.ts';
import { isOffline, pause } from './pause.ts';
import type { Sent } from './send.ts';

/** What is to be sent, and how the rest is told. */
export interface Parcel {
	file: KeptFile;
	readonly source: Source;
	onState(state: 'waiting' | 'sending' | 'offline' | 'signed_out'): void;
	onShare(share: number): void;
	/** The server has a place for it, or knows of none any more; settles when that is kept. */
	onUploadUrl(file: KeptFile): Promise<void>;
	/** It is over, well or not. */
	onEnd(sent: Sent & { outcome: 'received' | 'refused' }): Promise<void>;
}

/** Sends parcels one after the other, so that pages arrive in the order they were chosen, and goes on by itself until all are. */
export class Queue {
	readonly #endpoint: string;
	readonly #onStill: () => void;
	readonly #onOffline = () => this.#current?.abort();
	readonly #parcels: Parcel[] = [];
	#current: AbortController | undefined;
	#runs = false;
	#attempts = 0;
	#furthest = { id: '', bytes: 0 };

	/** `onStill` is called whenever nothing is being sent any more, or for now. */
	constructor(endpoint: string, onStill: () => void) {
		this.#endpoint = endpoint;
		this.#onStill = onStill;
	}

	add(parcel: Parcel): void {
		this.#parcels.push(parcel);
		if (this.#runs) return;
		this.#runs = true;
		addEventListener('offline', this.#onOffline);
		void this.#run().finally(() => {
			this.#runs = false;
			removeEventListener('offline', this.#onOffline);
		});
	}

	async drop(id: string): Promise<void> {
		const at = this.#parcels.findIndex(({ file }) => file.id === id);
		const [parcel] = at === -1 ? [] : this.#parcels.splice(at, 1);
		if (at === 0) this.#current?.abort();
		if (parcel?.file.uploadUrl === undefined) return;
		const { giveUp } = await import('./send.ts');
		await giveUp(parcel.file.uploadUrl);
	}

	async #run(): Promise<void> {
		for (let parcel = this.#parcels[0]; parcel; parcel = this.#parcels[0]) {
			if (isOffline()) await this.#rest();
			// Meanwhile it may have been dropped.
			if (parcel !== this.#parcels[0]) continue;
			parcel.onState('sending');
			const sent = await this.#attempt(parcel);
			if (!this.#parcels.includes(parcel)) continue;
			if (sent.outcome === 'signed_out') {
				for (const waiting of this.#parcels.splice(0)) waiting.onState('signed_out');
			} else if (sent.outcome === 'received' || sent.outcome === 'refused') {
				this.#parcels.shift();
				this.#attempts = 0;
				await parcel.onEnd(sent);
			} else {
				if (sent.outcome === 'unknown') await this.#place(parcel, undefined);
				// What the server stumbles over is not to hold up the rest.
				else if (sent.stumbles) this.#parcels.push(...this.#parcels.splice(0, 1));
				await this.#rest();
			}
		}
		this.#onStill();
	}

	async #attempt(parcel: Parcel): Promise<Sent> {
		this.#current = new AbortController();
		const { signal } = this.#current;
		try {
			const { send } = await import('./send.ts');
			return await send({
				...parcel,
				endpoint: this.#endpoint,
				signal,
				onAccepted: (bytes) => {
					this.#noteAccepted(parcel.file.id, bytes);
				},
				onUploadUrl: (url) => this.#place(parcel, url),
			});
		} catch {
			// What sends could not be loaded: the line is gone before the first byte.
			return { outcome: 'broken_off', stumbles: false };
		} finally {
			this.#current = undefined;
		}
	}

	/** Whoever gets on, however slowly, is not made to wait longer each time. */
	#noteAccepted(id: string, bytes: number): void {
		if (id === this.#furthest.id && bytes > this.#furthest.bytes) this.#attempts = 0;
		this.#furthest = { id, bytes };
	}

	async #place(parcel: Parcel, uploadUrl: string | undefined): Promise<void> {
		const { uploadUrl: _, ...file } = parcel.file;
		parcel.file = uploadUrl === undefined ? file : { ...file, uploadUrl };
		await parcel.onUploadUrl(parcel.file);
	}

	async #rest(): Promise<void> {
		for (const { onState } of this.#parcels) onState('offline');
		this.#onStill();
		await pause(this.#attempts++);
		for (const { onState } of this.#parcels) onState('waiting');
	}
}
