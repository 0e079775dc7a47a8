import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ALBUM, type Picture } from './album.ts';

const STYLE = `
	body { font: 14px/1.4 system-ui, sans-serif; margin: 1rem; background: #e9e7e3; color: #222 }
	table { border-spacing: .5rem; }
	th { text-align: start; vertical-align: top; position: sticky; inset-block-start: 0; background: #e9e7e3; padding: .25rem }
	tbody th { inset-inline-start: 0; inline-size: 11rem; overflow-wrap: anywhere }
	td { vertical-align: top }
	td div { max-block-size: 36rem; overflow: auto; background: #fff; box-shadow: 0 0 0 1px #bbb }
	img { display: block; inline-size: var(--tile) }
`;

/** One page with all pictures: a row for each page and state, a column for each language and theme. */
export async function writeContactPage(pictures: readonly Picture[]): Promise<void> {
	const parts = [...groupBy(pictures, ({ area, width }) => `${area}, ${String(width)} px`)].map(([title, group]) => {
		const columns = [...groupBy(group, columnOf).keys()];
		const rows = [...groupBy(group, ({ name }) => name)].map(([name, row]) => {
			const cells = columns.map((column) => cell(row.find((picture) => columnOf(picture) === column)));
			return `<tr><th scope="row">${name}</th>${cells.join('')}</tr>`;
		});
		const heads = columns.map((column) => `<th scope="col">${column}</th>`).join('');
		const tile = (group[0]?.width ?? 0) > 700 ? '30rem' : '15rem';
		return `<h2>${title}</h2><table style="--tile: ${tile}"><thead><tr><th></th>${heads}</tr></thead><tbody>${rows.join('\n')}</tbody></table>`;
	});
	const head = `<!doctype html><html lang="en"><meta charset="utf-8"><title>All pages</title><style>${STYLE}</style>`;
	await writeFile(join(ALBUM, 'index.html'), `${head}<h1>All pages</h1>${parts.join('\n')}</html>\n`);
}

/** What stands in one column, and on sheets of its own. */
export function columnOf({ locale, theme }: Picture): string {
	return `${locale} ${theme}`;
}

function cell(picture: Picture | undefined): string {
	if (!picture) return '<td></td>';
	const { file, name } = picture;
	return `<td><div><a href="${file}"><img loading="lazy" src="${file}" alt="${name}, ${columnOf(picture)}"></a></div></td>`;
}

/** In the order in which the keys first come. */
export function groupBy<T>(all: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const item of all) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
	return groups;
}
