export { FIELDS_READ } from "./fields-read.js";
export { HostKnowledge } from "./host-knowledge.js";
export { TRANSACTION_INPUTS, Transactions, type TransactionsOptions } from "./transactions.js";
