export { HostKnowledge, TRANSACTION_INPUTS, Transactions, type TransactionsOptions } from "./transactions.js";
