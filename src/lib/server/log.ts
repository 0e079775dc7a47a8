import { type Logger, pino } from 'pino';
import { env } from '#lib/server/env.ts';

/**
 * Everything that a line of the log may hold: ids, codes and measures. No address, name, number, amount, token or text
 * that somebody typed has a field here, so none can be logged by a slip.
 */
export interface LogFields {
	readonly requestId?: string;
	/** What a reader can quote to the bank. */
	readonly reference?: string;
	/** The route's id such as `/l/[token]`, never the address that was asked for. */
	readonly route?: string | null;
	readonly method?: string;
	readonly status?: number;
	readonly ms?: number;
	readonly job?: string;
	readonly messageId?: string;
	readonly evidenceId?: string;
	readonly template?: string;
	readonly gateway?: string;
	readonly failure?: string;
	readonly attempts?: number;
	readonly count?: number;
	/** What was thrown; only its kind, code and places in the source reach the log. */
	readonly fault?: unknown;
}

const ALLOWED: readonly (keyof LogFields)[] = [
	'requestId',
	'reference',
	'route',
	'method',
	'status',
	'ms',
	'job',
	'messageId',
	'evidenceId',
	'template',
	'gateway',
	'failure',
	'attempts',
	'count',
];

/** The parts of what the caller gave that may be written; the types ask for no more, and this holds at run time. */
export function allowedFields(fields: LogFields): Record<string, unknown> {
	const line: Record<string, unknown> = {};
	for (const name of ALLOWED) if (fields[name] !== undefined) line[name] = fields[name];
	if (fields.fault !== undefined) line['fault'] = describeFault(fields.fault);
	return line;
}

/** An error's message may quote a row or a form, so only its kind, its code and its places in the source are told. */
function describeFault(fault: unknown): object {
	if (!(fault instanceof Error)) return { kind: typeof fault };
	const { code, constraint } = fault as { code?: unknown; constraint?: unknown };
	const places = (fault.stack ?? '').split('\n').filter((line) => line.startsWith('    at '));
	return {
		kind: fault.name,
		...(typeof code === 'string' && { code }),
		...(typeof constraint === 'string' && { constraint }),
		places: places.slice(0, 12).map((line) => line.trim().slice('at '.length)),
	};
}

let logger: Logger | undefined;

function write(level: 'debug' | 'info' | 'warn' | 'error', fields: LogFields, event: string | undefined): void {
	logger ??= pino({ base: null, level: env().logLevel, timestamp: pino.stdTimeFunctions.isoTime });
	logger[level](allowedFields(fields), event);
}

/** The portal's log: JSON lines on standard output. `event` is a constant text of ours. */
export const log = {
	debug: (fields: LogFields, event?: string) => write('debug', fields, event),
	info: (fields: LogFields, event?: string) => write('info', fields, event),
	warn: (fields: LogFields, event?: string) => write('warn', fields, event),
	error: (fields: LogFields, event?: string) => write('error', fields, event),
};
