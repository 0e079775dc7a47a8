import { preparePicture, type Prepared } from './prepare-picture.ts';

export type ToWorker = { readonly id: number; readonly file: Blob };
export type FromWorker = { readonly id: number; readonly prepared: Prepared | null };

// One after the other: two pictures decoded at once are too much for an old phone.
let turn: Promise<unknown> = Promise.resolve();

addEventListener('message', ({ data: { id, file } }: MessageEvent<ToWorker>) => {
	turn = turn.then(async () => {
		const prepared = await preparePicture(file).catch(() => null);
		postMessage({ id, prepared } satisfies FromWorker);
	});
});
