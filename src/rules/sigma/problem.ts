/** Something in a Sigma rule that cannot be carried over; the message says what. */
export class NotCarried extends Error {}
