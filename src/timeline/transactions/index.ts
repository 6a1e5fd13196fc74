export { FIELDS_READ } from "./fields-read.js";
export { HostKnowledge } from "./host-knowledge.js";
export { TRANSACTION_INPUTS } from "./inputs.js";
export { Transactions, type TransactionsOptions } from "./transactions.js";
