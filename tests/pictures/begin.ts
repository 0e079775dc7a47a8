import { mkdirSync, rmSync } from 'node:fs';
import { ALBUM } from './album.ts';

/** An empty album: what is in it afterwards was taken in this run. */
export default function begin(): void {
	rmSync(ALBUM, { recursive: true, force: true });
	mkdirSync(ALBUM, { recursive: true });
}
