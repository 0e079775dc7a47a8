// After signing out: deletes what was chosen or written and never sent. Browsers that know Clear-Site-Data have done so already.
try {
	for (const name of ['capture', 'offline']) indexedDB.deleteDatabase(name);
	localStorage.clear();
} catch {
	// No database, nothing kept.
}
// And ends the notices on this device.
navigator.serviceWorker
	?.getRegistration()
	.then((registration) => registration?.pushManager?.getSubscription())
	.then((subscription) => subscription?.unsubscribe())
	.catch(() => undefined);
