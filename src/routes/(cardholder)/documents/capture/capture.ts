import { randomId } from '#lib/browser/random-id.ts';
import { type KeptFile, type Source } from './keep.ts';
import { type Larder, openLarder } from './larder.ts';
import { prepare } from './prepare.ts';
import type { Advice } from './quality.ts';
import { Queue } from './queue.ts';

/** Where a chosen file is on its way; `advised` waits for the person's word, `offline` goes on by itself. */
export type CaptureState =
	'checking' | 'advised' | 'waiting' | 'sending' | 'offline' | 'received' | 'refused' | 'signed_out';

/** One file on its way, for the page to show. */
export interface CaptureItem {
	readonly id: string;
	readonly name: string;
	readonly kind: string;
	/** The page in whose place it comes, where it is to replace one. */
	readonly replaces: string | undefined;
	state: CaptureState;
	/** What of it has left the device, from 0 to 1. */
	share: number;
	advice: readonly Advice[];
	/** Why it was refused, in the server's words; empty where it gave none. */
	text: string;
	/** When the server says it received it. */
	receivedAt: Date | undefined;
}

/** What the files of one choice are: the code of their kind, the evidence they replace, whether consent was ticked. */
export interface About {
	readonly kind: string;
	readonly replaces?: string;
	readonly consent?: boolean;
	/** Of a single file that has an id already, from the time without a network: added again it is the same file. */
	readonly id?: string;
}

interface Options {
	readonly endpoint: string;
	/** 32 bytes in base64url that the server gives for this person's application; never stored on the device. */
	readonly key: string;
	/** Something was received that the page does not show yet. */
	readonly onReceived: () => void;
	/** What is to be shown of the files is another; told once for all that changes at a time. */
	readonly onChange: () => void;
}

/** What was chosen: looked at, kept on the device, sent one after the other, and shown until the page is left. */
export class Capture {
	readonly items: CaptureItem[] = [];
	readonly #larder: Larder;
	readonly #queue: Queue;
	readonly #held: Partial<Record<string, { file: KeptFile; source: Source }>> = {};
	#place = 0;
	#isNew = false;
	readonly #onChange: () => void;
	#isToldSoon = false;

	constructor({ endpoint, key, onReceived, onChange }: Options) {
		this.#onChange = onChange;
		this.#larder = openLarder(key);
		this.#queue = new Queue(endpoint, () => {
			if (this.#isNew) onReceived();
			this.#isNew = false;
		});
	}

	/** Takes what was chosen: first all of it is kept, since the phone may end the browser; then each is looked at and sent. */
	async add(files: readonly File[], about: About): Promise<void> {
		if (this.items.some(({ id }) => id === about.id)) return;
		const chosen = files.map((bytes) => ({ bytes, file: this.#enter(bytes, about) }));
		for (const { file, bytes } of chosen) await this.#put(file, bytes);
		for (const { file, bytes } of chosen) await this.#lookAt(file, bytes);
	}

	/** Goes on with what the last visit left. */
	async resume(): Promise<void> {
		const left = await this.#larder.list();
		for (const file of left) {
			this.#place = Math.max(this.#place, file.place);
			this.#held[file.id] = { file, source: this.#larder.read(file) };
			this.#show(file, file.stage === 'chosen' ? 'checking' : file.stage === 'advised' ? 'advised' : 'waiting');
		}
		for (const file of left) {
			if (file.stage === 'ready') this.#send(file.id);
			else if (file.stage === 'chosen') await this.#lookAgain(file);
		}
	}

	/** The person has read the advice and wants it sent. */
	async sendAnyway(id: string): Promise<void> {
		const held = this.#held[id];
		if (!held) return;
		await this.#note({ ...held.file, stage: 'ready' });
		this.#send(id);
	}

	/** Takes a file back, or what is told of it off the page. */
	async drop(id: string): Promise<void> {
		const at = this.items.findIndex((item) => item.id === id);
		if (at !== -1) this.items.splice(at, 1);
		this.#tell();
		delete this.#held[id];
		await this.#larder.remove(id);
		await this.#queue.drop(id);
	}

	#enter({ name, type, size }: File, { kind, replaces, consent, id = randomId() }: About): KeptFile {
		this.#place += 1;
		const more = { ...(replaces !== undefined && { replaces }), ...(consent && { consent }) };
		const known = { id, name, kind, type, size, place: this.#place, ...more };
		const file: KeptFile = { ...known, stage: 'chosen', advice: [] };
		this.#show(file, 'checking');
		return file;
	}

	#show({ id, name, kind, replaces, advice }: KeptFile, state: CaptureState): void {
		this.items.push({ id, name, kind, replaces, state, advice, share: 0, text: '', receivedAt: undefined });
		this.#tell();
	}

	async #put(file: KeptFile, bytes: Blob): Promise<void> {
		if (!this.#isWanted(file.id)) return;
		this.#held[file.id] = { file, source: await this.#larder.put(file, bytes) };
		// Taken back while it was being kept.
		if (!this.items.some(({ id }) => id === file.id)) await this.drop(file.id);
	}

	async #note(file: KeptFile): Promise<void> {
		const held = this.#held[file.id];
		if (held) held.file = file;
		if (held) await this.#larder.change(file);
	}

	async #lookAt(chosen: KeptFile, bytes: Blob): Promise<void> {
		const { blob, advice } = await prepare(bytes);
		const stage = advice.length > 0 ? 'advised' : 'ready';
		const file: KeptFile = { ...chosen, stage, advice, type: blob.type, size: blob.size };
		if (blob !== bytes) await this.#put(file, blob);
		else await this.#note(file);
		this.#change(file.id, { advice, ...(stage === 'advised' && { state: stage }) });
		if (stage === 'ready') this.#send(file.id);
	}

	async #lookAgain(file: KeptFile): Promise<void> {
		try {
			const bytes = await this.#larder.read(file).read(0, file.size);
			await this.#lookAt(file, new Blob([bytes], { type: file.type }));
		} catch {
			await this.drop(file.id);
		}
	}

	#send(id: string): void {
		const held = this.#held[id];
		if (!held) return;
		this.#change(id, { state: 'waiting' });
		this.#queue.add({
			...held,
			onState: (state) => this.#change(id, { state }),
			onShare: (share) => this.#change(id, { share }),
			onUploadUrl: (file) => this.#larder.change(file),
			onEnd: async (sent) => {
				delete this.#held[id];
				await this.#larder.remove(id);
				if (sent.outcome === 'received') this.#isNew = true;
				this.#change(
					id,
					sent.outcome === 'received'
						? { state: 'received', share: 1, receivedAt: sent.at }
						: { state: 'refused', text: sent.text ?? '' },
				);
			},
		});
	}

	#isWanted(id: string): boolean {
		return this.items.some((item) => item.id === id);
	}

	#change(id: string, change: Partial<CaptureItem>): void {
		const item = this.items.find((one) => one.id === id);
		if (item) Object.assign(item, change);
		this.#tell();
	}

	#tell(): void {
		if (this.#isToldSoon) return;
		this.#isToldSoon = true;
		queueMicrotask(() => {
			this.#isToldSoon = false;
			this.#onChange();
		});
	}
}
