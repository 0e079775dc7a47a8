import { env } from '#lib/server/env.ts';
import { clamdScanner } from '#lib/server/scan/clamd-scanner.ts';
import type { Scanner } from '#lib/server/scan/scanner.ts';

/** The scanner that the settings name, or undefined where files are not scanned. */
export function chosenScanner(): Scanner | undefined {
	const { scanner } = env();
	return scanner.kind === 'clamd' ? clamdScanner(scanner.address) : undefined;
}
