import { getContext, setContext } from 'svelte';
import type { Capture, CaptureItem } from './capture/capture.svelte.ts';

/** What the page's forms share: the files on their way, and the zone in which a receipt tells its time. */
interface Sending {
	readonly capture: Capture;
	readonly timeZone: string;
}

const KEY = Symbol('sending');

/** Gives the files on their way to every form of the page. */
export function shareSending(sending: Sending): void {
	setContext(KEY, sending);
}

/** The files on their way, as the page shares them. */
export function getSending(): Sending {
	return getContext<Sending>(KEY);
}

/** The files on their way to take the place of a page; or without one, those of a kind that join it. */
export function onTheWay(
	{ items }: Capture,
	{ kind, replaces, others }: { kind: string; replaces?: string | undefined; others: readonly string[] },
): CaptureItem[] {
	const alike = items.filter((item) => item.kind === kind);
	if (replaces !== undefined) return alike.filter((item) => item.replaces === replaces);
	// Where the page that it was to replace is gone, it is told of here.
	return alike.filter((item) => item.replaces === undefined || !others.includes(item.replaces));
}
