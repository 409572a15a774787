/**
 * Stands in for the package signal-exit in the bundles. A process that ends while it holds a lock leaves it behind, and whoever
 * wants the lock next sees that.
 */
module.exports = () => {};
