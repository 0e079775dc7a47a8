import { existsSync, readFileSync } from 'node:fs';
import { ALBUM, LIST, type Picture } from './album.ts';
import { writeContactPage } from './contact-page.ts';
import { writeSheets } from './sheets.ts';

/** Puts all that was taken on one page, and on sheets to be looked at without a browser. */
export default async function finish(): Promise<void> {
	if (!existsSync(LIST)) return;
	const lines = readFileSync(LIST, 'utf8').split('\n').filter(Boolean);
	const pictures = lines.map((line) => JSON.parse(line) as Picture);
	await writeContactPage(pictures);
	const sheets = await writeSheets(pictures);
	console.log(`\n${String(pictures.length)} pictures, ${String(sheets)} sheets: ${ALBUM}/index.html`);
}
