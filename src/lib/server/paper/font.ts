import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the type stands in the project; it is too large to be carried along by a bundle. */
const FILE = 'src/lib/server/paper/NotoSansSC-Regular.ttf';

let font: Buffer | undefined;

/** The type of every paper: it has the Chinese characters that names use, and may be embedded. Read once per process. */
export function paperFont(): Buffer {
	font ??= readFileSync(place(dirname(fileURLToPath(import.meta.url))));
	return font;
}

/** The sources run where they stand and the build runs from a folder of its own: both lie under the project's root. */
function place(folder: string): string {
	const path = join(folder, FILE);
	if (existsSync(path)) return path;
	const above = dirname(folder);
	if (above === folder) throw new Error(`${FILE} is missing from the installation`);
	return place(above);
}
