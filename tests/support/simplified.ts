/**
 * Characters that both ways of writing have, but that readers of Traditional Chinese write only in other words than these (公里, 茶几):
 * alone they are the Simplified of another one.
 */
const IN_BOTH = '个么几据后于划价征范复里';

/** The frequent characters of Traditional Chinese: the first level of Big5, as every browser and Node know it. */
const FREQUENT = firstLevel();

/** Characters of the second level and beside it that our words need. */
const RARER = '紓';

/** Every Chinese character of a text that Traditional Chinese does not write, once each. */
export function simplifiedIn(text: string): string[] {
	const characters = new Set(text.match(/\p{Script=Han}/gu) ?? []);
	return [...characters].filter((one) => IN_BOTH.includes(one) || !(FREQUENT.has(one) || RARER.includes(one)));
}

function firstLevel(): ReadonlySet<string> {
	const read = new TextDecoder('big5');
	const found = new Set<string>();
	for (let lead = 0xa4; lead <= 0xc6; lead++) {
		for (let trail = 0x40; trail <= (lead === 0xc6 ? 0x7e : 0xfe); trail++) {
			const one = read.decode(new Uint8Array([lead, trail]));
			if (/^\p{Script=Han}$/u.test(one)) found.add(one);
		}
	}
	return found;
}
