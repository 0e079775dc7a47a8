import type { Random } from '#lib/server/demo/random.ts';

/** Spoils bytes; `other` is a file of any kind to take parts from. */
type Mutation = (bytes: Buffer, random: Random, other: Buffer) => Buffer;

/** Every way in which a file is spoiled without thought for its format. */
export const MUTATIONS: Readonly<Record<string, Mutation>> = {
	'flipped bits': (bytes, random) => flip(bytes, random, bytes.length),
	'flipped bits at the head': (bytes, random) => flip(bytes, random, 200),
	cut: (bytes, random) => bytes.subarray(0, random.whole(1, bytes.length - 1)),
	'a part missing': (bytes, random) => {
		const [from, to] = part(bytes, random);
		return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
	},
	'a part twice': (bytes, random) => {
		const [from, to] = part(bytes, random);
		const times = random.pick([1, 2, 50]);
		const twice = Array<Buffer>(times).fill(bytes.subarray(from, to));
		return Buffer.concat([bytes.subarray(0, to), ...twice, bytes.subarray(to)]);
	},
	'a part blank': (bytes, random) => {
		const [from, to] = part(bytes, random);
		return Buffer.from(bytes).fill(random.pick([0, 255, 32]), from, to);
	},
	'a part of another': (bytes, random, other) => {
		const [from, to] = part(other, random);
		const at = random.whole(0, bytes.length);
		return Buffer.concat([bytes.subarray(0, at), other.subarray(from, to), bytes.subarray(at)]);
	},
	'the end of another': (bytes, random, other) =>
		Buffer.concat([
			bytes.subarray(0, random.whole(1, bytes.length)),
			other.subarray(random.whole(0, other.length - 1)),
		]),
	'a number at its largest': (bytes, random) => {
		const changed = Buffer.from(bytes);
		const width = random.pick([2, 4]);
		const at = random.whole(8, bytes.length - width);
		return changed.fill(random.pick([0xff, 0x7f, 0x00]), at, at + width);
	},
};

function flip(bytes: Buffer, random: Random, within: number): Buffer {
	const changed = Buffer.from(bytes);
	for (let times = random.whole(1, 12); times > 0; times--) {
		const at = random.whole(0, Math.min(within, bytes.length) - 1);
		changed[at] = (changed[at] ?? 0) ^ (1 << random.whole(0, 7));
	}
	return changed;
}

function part(bytes: Buffer, random: Random): [from: number, to: number] {
	const from = random.whole(0, bytes.length - 1);
	return [from, Math.min(bytes.length, from + random.whole(1, random.pick([8, 200, 4_000])))];
}
