import { inflateSync } from 'node:zlib';

/** What a PDF of ours says, and whether its type comes along: read from its bytes, by no tool of the machine's. */
export function readPdf(pdf: Buffer): { text: string; embeddedFonts: number; namedFonts: string[] } {
	const raw = pdf.toString('latin1');
	const streams = [...raw.matchAll(/stream\r?\n/g)].flatMap(({ index, 0: { length } }) => {
		const from = index + length;
		try {
			return [inflateSync(pdf.subarray(from, raw.indexOf('endstream', from))).toString('latin1')];
		} catch {
			return [];
		}
	});
	const characters = new Map(streams.filter((stream) => stream.includes('beginbfrange')).flatMap(readMap));
	const text = streams
		.filter((stream) => / TJ\b/.test(stream))
		.map((stream) => textOf(stream, characters))
		.join('\n');
	return {
		text,
		embeddedFonts: [...raw.matchAll(/\/FontFile[23]? \d/g)].length,
		namedFonts: [...raw.matchAll(/\/BaseFont \/([^\s/]+)/g)].map((match) => match[1] ?? ''),
	};
}

/** The characters that the codes of a subset stand for. */
function readMap(cmap: string): [number, string][] {
	return [...cmap.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)].flatMap(([, first = '', list = '']) =>
		[...list.matchAll(/<([0-9a-f ]+)>/gi)].map(([, hex = ''], index): [number, string] => [
			parseInt(first, 16) + index,
			Buffer.from(hex.replaceAll(' ', ''), 'hex').swap16().toString('utf16le'),
		]),
	);
}

function textOf(stream: string, characters: ReadonlyMap<number, string>): string {
	return [...stream.matchAll(/\[([^\]]*)\] TJ/g)]
		.map(([, shown = '']) =>
			[...shown.matchAll(/<([0-9a-f]*)>/gi)]
				.flatMap(([, hex = '']) => hex.match(/.{4}/g) ?? [])
				.map((code) => characters.get(parseInt(code, 16)) ?? '�')
				.join(''),
		)
		.join('\n');
}
