-- The journal of a period is read from its first day on, not sorted as a whole. An event's first entry stands for the others.
create index entry_first_dated on guarantee.entry ("on", office, sequence) where line = 1;
