import type { Capture } from './capture.ts';

/** What static/offline.js gives of what was photographed without a network. */
interface Photograph {
	readonly id: string;
	readonly kind: string;
	readonly consent: boolean;
	file(): Promise<File>;
	remove(): Promise<void>;
}

/**
 * Takes the photographs that wait on the device, where they are this person's, among the files on their way. Each keeps its id, so
 * that one which was taken over and not yet removed is the same file to the page and to the server.
 */
export async function takePhotographs(capture: Capture, mark: string | undefined): Promise<void> {
	if (mark === undefined || !hasUnsent()) return;
	const script = '/offline.js';
	const { photographs } = (await import(/* @vite-ignore */ script)) as {
		photographs(mark: string): Promise<Photograph[]>;
	};
	for (const { id, kind, consent, file, remove } of await photographs(mark)) {
		await capture.add([await file()], { id, kind, consent });
		await remove();
	}
}

function hasUnsent(): boolean {
	try {
		return localStorage.getItem('unsent') !== null;
	} catch {
		return false;
	}
}
