import type { Measured } from './measure.ts';

/** The middle one; of an even number the mean of the two. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const half = Math.floor(sorted.length / 2);
	const [low, high] = [sorted[sorted.length % 2 === 0 ? half - 1 : half] ?? NaN, sorted[half] ?? NaN];
	return (low + high) / 2;
}

/** The value below which so many in a hundred lie: the nearest one that was seen. */
export function percentile(values: readonly number[], percent: number): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? NaN;
}

/** Something to measure against something else. */
export interface Compared {
	readonly title: string;
	readonly aim: string;
	readonly base: Measured;
	readonly ours: Measured;
}

/** Collects what rounds measured, prints each, and at the end the medians of the rounds' ratios. */
export class Comparison {
	readonly #rounds = new Map<string, Compared[]>();

	add(compared: Compared): void {
		const { title, base, ours } = compared;
		const rounds = this.#rounds.get(title) ?? [];
		rounds.push(compared);
		this.#rounds.set(title, rounds);
		const ratio = (ours.seconds / base.seconds).toFixed(2);
		console.log(`  round ${String(rounds.length)}  ${title}: ${text(ours)} against ${text(base)}, ratio ${ratio}`);
	}

	print(): void {
		for (const [title, rounds] of this.#rounds) {
			const ratio = median(rounds.map(({ base, ours }) => ours.seconds / base.seconds)).toFixed(2);
			const cpu = median(rounds.map(({ base, ours }) => ours.cpuSeconds / base.cpuSeconds)).toFixed(2);
			const peak = Math.max(...rounds.map(({ ours }) => ours.peakMegabytes));
			const memory = peak > 0 ? `, peak memory ${peak.toFixed(0)} MB` : '';
			console.log(`  ${title}: median ratio ${ratio} (aim: ${rounds[0]?.aim ?? ''}); of CPU time ${cpu}${memory}`);
		}
	}
}

function text({ seconds, cpuSeconds }: Measured): string {
	return `${seconds.toFixed(2)} s (${cpuSeconds.toFixed(2)} s CPU)`;
}
