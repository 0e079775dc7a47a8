import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { sourcesDigest } from './src/cli/build-state.js';

/** @param {string} place */
const read = (place) => readFileSync(new URL(place, import.meta.url), 'utf8');

/**
 * @param {string} script
 * @returns {`sha256-${string}`} by what the policy knows a script that stands in a page
 */
const digestOf = (script) => `sha256-${createHash('sha256').update(script).digest('base64')}`;

/*
 * A comment in app.html would come with every page, so it stands here. The icon is the sign of /icon.svg, without a request. The one
 * script fetches the others, and nothing that a page does before the page is seen: on the second picture, the first is there.
 */
const inEvery = /<script>([\s\S]*?)<\/script>/.exec(read('src/app.html'))?.[1] ?? '';
/** In the page that is kept for when there is no network. */
const inOffline = read('src/routes/offline/at-once.js');
/**
 * In the head of the pages that offer a passkey or notices: whether they can be had here is known before the page is seen, so that
 * nothing moves when passkey.js and push.js come, which know the same and do the rest.
 */
const inOffers = read('src/lib/components/offer-at-once.js');

/** @type {import('@sveltejs/kit').Config} */
const config = {
	preprocess: vitePreprocess(),
	kit: {
		adapter: adapter({ precompress: true }),
		// The same for whoever reads this: a check that runs beside a build writes what the build reads, and a name by the clock
		// would give the page and its script two different ones.
		version: { name: sourcesDigest().slice(0, 16) },
		files: { errorTemplate: 'src/error.html' },
		// Small pages carry their styles with them: the first page then needs one request.
		inlineStyleThreshold: 24_000,
		serviceWorker: { register: false },
		output: { preloadStrategy: 'modulepreload' },
		csp: {
			mode: 'auto',
			directives: {
				'default-src': ['none'],
				'script-src': ['self', ...[inEvery, inOffline, inOffers].map(digestOf)],
				'style-src': ['self'],
				// The one style attribute of Kit's own: it hides the line that reads a new page's title aloud.
				'style-src-attr': ['unsafe-hashes', 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo='],
				'img-src': ['self', 'data:', 'blob:'],
				'font-src': ['self'],
				'connect-src': ['self'],
				'manifest-src': ['self'],
				'worker-src': ['self'],
				'form-action': ['self'],
				'base-uri': ['none'],
				'frame-ancestors': ['none'],
				'frame-src': ['self'],
				'object-src': ['none'],
			},
		},
	},
};

export default config;
