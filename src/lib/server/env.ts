import * as v from 'valibot';
import { isDay } from '#lib/domain/day.ts';
import type { ClamdAddress } from '#lib/server/scan/clamd-scanner.ts';
import type { S3Settings } from '#lib/server/storage/s3-store.ts';

/** Where handed-over messages go. */
export type SmsGateway =
	| { readonly kind: 'inbox' }
	| { readonly kind: 'log' }
	| { readonly kind: 'http'; readonly url: string; readonly secret: string };

/** Where evidence goes: a folder, or a bucket of a store that speaks S3. */
export type StorageSettings =
	{ readonly kind: 'file'; readonly directory: string } | ({ readonly kind: 's3' } & S3Settings);

/** Who looks at files before anybody sees them. */
export type ScannerSettings = { readonly kind: 'off' } | { readonly kind: 'clamd'; readonly address: ClamdAddress };

const text = v.pipe(v.string(), v.trim(), v.nonEmpty('is empty'));
const whole = v.pipe(v.string(), v.regex(/^\d{1,5}$/, 'is not a whole number'), v.transform(Number));
const url = v.pipe(v.string(), v.url('is not an address such as https://repay.example.com'));
const timeZone = v.pipe(
	v.string(),
	v.check((zone) => Intl.supportedValuesOf('timeZone').includes(zone) || zone === 'UTC', 'is not an IANA time zone'),
);

/** Every setting the portal reads, with its check; the only list there is. */
const SETTINGS = {
	DATABASE_URL: v.optional(text),
	MIGRATE_DATABASE_URL: v.optional(text),
	/** Set by our own launcher for the process that it starts on the embedded database. */
	EMBEDDED_DATABASE_URL: v.optional(text),
	EMBEDDED_MIGRATE_DATABASE_URL: v.optional(text),
	ORIGIN: v.optional(url),
	PORT: v.optional(whole, '3000'),
	HOST: v.optional(text, '127.0.0.1'),
	SECRET_KEY: v.optional(v.pipe(text, v.minLength(32, 'is shorter than 32 characters'))),
	BANK_NAME: v.optional(text),
	BANK_PHRASE: v.optional(text),
	BANK_PHONE: v.optional(text),
	BANK_TIME_ZONE: v.optional(timeZone, 'Asia/Shanghai'),
	SMS_GATEWAY: v.optional(v.picklist(['inbox', 'log', 'http'], 'is none of inbox, log, http')),
	SMS_HTTP_URL: v.optional(url),
	SMS_HTTP_SECRET: v.optional(v.pipe(text, v.minLength(16, 'is shorter than 16 characters'))),
	STORAGE: v.optional(v.pipe(text, v.check(isStorage, 'is neither file:DIRECTORY nor s3:https://ENDPOINT/BUCKET'))),
	S3_REGION: v.optional(text, 'us-east-1'),
	S3_ACCESS_KEY_ID: v.optional(text),
	S3_SECRET_ACCESS_KEY: v.optional(text),
	SCANNER: v.optional(
		v.pipe(text, v.check(isScanner, 'is none of off, clamd:HOST:PORT, clamd:/PATH/TO/SOCKET')),
		'off',
	),
	JOBS: v.optional(v.picklist(['on', 'off'], 'is neither on nor off'), 'on'),
	LOG_LEVEL: v.optional(v.picklist(['debug', 'info', 'warn', 'error', 'silent'], 'is no log level'), 'info'),
	XFF_DEPTH: v.optional(whole),
	PUSH: v.optional(v.picklist(['on', 'off', 'loopback'], 'is neither on nor off'), 'on'),
	PORTAL_TODAY: v.optional(v.pipe(text, v.check(isDay, 'is not a day YYYY-MM-DD'))),
} as const;

const schema = v.object(SETTINGS);
type Raw = v.InferOutput<typeof schema>;

/** What the running process was told; `demo` is the embedded database, `production` any given one. */
export interface Env {
	readonly mode: 'demo' | 'production';
	/** With the role that serves. */
	readonly databaseUrl: string | undefined;
	/** With the role that owns the tables: migrations and the demo book need it, nothing else does. */
	readonly migrateDatabaseUrl: string | undefined;
	readonly origin: string;
	readonly port: number;
	readonly host: string;
	readonly secretKey: string;
	readonly bankName: string;
	/** The phrase that also stands in the bank's own app, by which a reader knows the bank. */
	readonly bankPhrase: string;
	readonly bankPhone: string;
	readonly bankTimeZone: string;
	readonly smsGateway: SmsGateway;
	/** Where evidence is kept, outside every web root. */
	readonly storage: StorageSettings;
	readonly scanner: ScannerSettings;
	readonly jobs: boolean;
	readonly logLevel: 'debug' | 'info' | 'warn' | 'error' | 'silent';
	/** Whether push is offered and tried; `loopback`, for tests, lets a push service stand on this machine, without TLS. */
	readonly push: 'on' | 'off' | 'loopback';
	readonly portalToday: string | undefined;
}

/** A setting that is missing or wrong, and why, in words for whoever starts the portal. */
export interface EnvProblem {
	readonly name: string;
	readonly why: string;
}

const NEEDED_TO_SERVE: readonly (keyof Raw)[] = ['ORIGIN', 'SECRET_KEY', 'BANK_NAME', 'SMS_GATEWAY', 'STORAGE'];

/**
 * Reads and checks the settings. What is there must be right; what serving needs in production must be there.
 * `purpose: 'command'` asks only for what is there, since a command needs only the settings that it uses.
 */
export function readEnv(
	source: Readonly<Record<string, string | undefined>>,
	purpose: 'serve' | 'command' = 'serve',
): { ok: true; env: Env } | { ok: false; problems: EnvProblem[] } {
	const given = Object.fromEntries(Object.entries(source).filter(([name, value]) => name in SETTINGS && value !== ''));
	const parsed = v.safeParse(schema, given);
	if (!parsed.success) {
		const problems = parsed.issues.map((issue) => ({ name: v.getDotPath(issue) ?? '?', why: issue.message }));
		return { ok: false, problems };
	}
	const raw = parsed.output;
	const production = raw.DATABASE_URL !== undefined;
	const problems = production ? productionProblems(raw, purpose) : [];
	return problems.length > 0 ? { ok: false, problems } : { ok: true, env: toEnv(raw, production) };
}

function productionProblems(raw: Raw, purpose: 'serve' | 'command'): EnvProblem[] {
	const problems: EnvProblem[] = [];
	if (raw.PORTAL_TODAY !== undefined)
		problems.push({ name: 'PORTAL_TODAY', why: 'is for tests, and refused in production' });
	if (raw.PUSH === 'loopback') problems.push({ name: 'PUSH', why: 'loopback is for tests, and refused in production' });
	if (raw.SMS_GATEWAY === 'inbox')
		problems.push({ name: 'SMS_GATEWAY', why: 'inbox is for the demo, and refused in production' });
	if (purpose === 'command') return problems;
	for (const name of NEEDED_TO_SERVE) if (raw[name] === undefined) problems.push({ name, why: 'is missing' });
	if (raw.STORAGE?.startsWith('s3:')) {
		for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const) {
			if (raw[name] === undefined) problems.push({ name, why: 'is missing' });
		}
	}
	if (raw.SMS_GATEWAY === 'http') {
		if (raw.SMS_HTTP_URL === undefined) problems.push({ name: 'SMS_HTTP_URL', why: 'is missing' });
		if (raw.SMS_HTTP_SECRET === undefined) problems.push({ name: 'SMS_HTTP_SECRET', why: 'is missing' });
	}
	return problems;
}

function toEnv(raw: Raw, production: boolean): Env {
	return {
		mode: production ? 'production' : 'demo',
		databaseUrl: raw.DATABASE_URL ?? raw.EMBEDDED_DATABASE_URL,
		migrateDatabaseUrl:
			raw.MIGRATE_DATABASE_URL ?? raw.DATABASE_URL ?? raw.EMBEDDED_MIGRATE_DATABASE_URL ?? raw.EMBEDDED_DATABASE_URL,
		origin: raw.ORIGIN ?? `http://127.0.0.1:${String(raw.PORT)}`,
		port: raw.PORT,
		host: raw.HOST,
		secretKey: raw.SECRET_KEY ?? '',
		bankName: raw.BANK_NAME ?? 'Demo Bank',
		bankPhrase: raw.BANK_PHRASE ?? '',
		bankPhone: raw.BANK_PHONE ?? '',
		bankTimeZone: raw.BANK_TIME_ZONE,
		smsGateway: gatewayOf(raw),
		storage: storageOf(raw),
		scanner: scannerOf(raw.SCANNER),
		jobs: raw.JOBS === 'on',
		logLevel: raw.LOG_LEVEL,
		push: raw.PUSH,
		portalToday: raw.PORTAL_TODAY,
	};
}

function gatewayOf(raw: Raw): SmsGateway {
	if (raw.SMS_GATEWAY === 'http')
		return { kind: 'http', url: raw.SMS_HTTP_URL ?? '', secret: raw.SMS_HTTP_SECRET ?? '' };
	return { kind: raw.SMS_GATEWAY ?? (raw.DATABASE_URL ? 'log' : 'inbox') };
}

/** `s3:https://ENDPOINT/BUCKET`, with a prefix of the keys after it where one is wanted. */
function bucketOf(storage: string): Pick<S3Settings, 'endpoint' | 'bucket' | 'prefix'> | undefined {
	const address = storage.startsWith('s3:') ? URL.parse(storage.slice('s3:'.length)) : null;
	const [bucket = '', ...prefix] = address?.pathname.slice(1).split('/').filter(Boolean) ?? [];
	if (!address || !/^https?:$/.test(address.protocol) || bucket === '') return undefined;
	return { endpoint: address.origin, bucket, prefix: prefix.map((part) => `${part}/`).join('') };
}

function isStorage(storage: string): boolean {
	return /^file:.+/.test(storage) || bucketOf(storage) !== undefined;
}

function storageOf(raw: Raw): StorageSettings {
	const storage = raw.STORAGE ?? 'file:.data/evidence';
	const bucket = bucketOf(storage);
	if (!bucket) return { kind: 'file', directory: storage.slice('file:'.length) };
	const accessKeyId = raw.S3_ACCESS_KEY_ID ?? '';
	return { kind: 's3', ...bucket, region: raw.S3_REGION, accessKeyId, secretAccessKey: raw.S3_SECRET_ACCESS_KEY ?? '' };
}

/** `clamd:HOST:PORT`, an IPv6 address in brackets, or `clamd:` and the absolute path of a Unix socket. */
function clamdOf(scanner: string): ClamdAddress | undefined {
	const parts = /^clamd:(?:(?<path>\/.+)|(?:\[(?<six>[\da-f:.]+)\]|(?<host>[\w.-]+)):(?<port>\d{1,5}))$/i.exec(
		scanner,
	)?.groups;
	if (parts?.path !== undefined) return { path: parts.path };
	const [host, port] = [parts?.six ?? parts?.host, Number(parts?.port)];
	return host !== undefined && port > 0 && port < 65_536 ? { host, port } : undefined;
}

function isScanner(scanner: string): boolean {
	return scanner === 'off' || clamdOf(scanner) !== undefined;
}

function scannerOf(scanner: string): ScannerSettings {
	const address = clamdOf(scanner);
	return address ? { kind: 'clamd', address } : { kind: 'off' };
}

let current: Env | undefined;

/** The settings of this process, read once. Throws where one is wrong: the entry points have told that in words before. */
export function env(): Env {
	if (!current) {
		const read = readEnv(process.env, 'command');
		if (!read.ok) throw new Error(read.problems.map(({ name, why }) => `${name} ${why}`).join('; '));
		current = read.env;
	}
	return current;
}

/** Forgets what was read, for a test or launcher that has just changed the environment. */
export function rereadEnv(): void {
	current = undefined;
}
