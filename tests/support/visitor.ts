/** An answer as a visitor can tell two apart: without the time, and without the values that are random by design. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/** Somebody with a jar of cookies and no browser; follows no redirect by itself. */
export class Visitor {
	readonly #origin: string;
	readonly #agent: string;
	readonly #cookies = new Map<string, string>();

	constructor(
		origin: string,
		agent = 'Mozilla/5.0 (Linux; Android 15; Pixel 9) Chrome/141.0.0.0 Mobile Safari/537.36',
	) {
		this.#origin = origin;
		this.#agent = agent;
	}

	get(path: string, { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {}) {
		return this.#ask(path, { method, headers });
	}

	/** Puts a cookie into the jar. */
	carry(name: string, value: string): void {
		this.#cookies.set(name, value);
	}

	/** Sends a form; as pairs where a field comes more than once. */
	post(path: string, form: Readonly<Record<string, string>> | [string, string][]) {
		return this.#ask(path, {
			method: 'POST',
			headers: { origin: this.#origin, 'content-type': 'application/x-www-form-urlencoded' },
			body: new URLSearchParams(form as Record<string, string>).toString(),
		});
	}

	async #ask(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<Answer> {
		const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
		const headers = {
			'user-agent': this.#agent,
			accept: 'text/html',
			'accept-language': 'zh-CN',
			...(cookie && { cookie }),
			...init.headers,
		};
		const response = await fetch(this.#origin + path, { ...init, headers, redirect: 'manual' });
		for (const line of response.headers.getSetCookie()) this.#keep(line);
		return { status: response.status, headers: plainHeaders(response.headers), body: plain(await response.text()) };
	}

	#keep(line: string): void {
		const [pair = ''] = line.split(';');
		const [name = '', value = ''] = pair.split('=');
		this.#cookies.set(name, value);
	}
}

function plainHeaders(headers: Headers): Record<string, string> {
	const told = [...headers].filter(([name]) => !['date', 'etag', 'set-cookie'].includes(name));
	const cookies = headers.getSetCookie().map((line) => line.replace(/=[^;]*/, '=…'));
	return { ...Object.fromEntries(told.map(([name, value]) => [name, plain(value)])), 'set-cookie': cookies.join('\n') };
}

/** Without the nonces, and without how many seconds are left until something. */
function plain(text: string): string {
	return text.replaceAll(/nonce(-|=")[\w+/=-]+/g, 'nonce$1…').replaceAll(/\d+ 秒/g, '… 秒');
}
