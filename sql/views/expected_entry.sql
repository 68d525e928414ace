create view guarantee_api.expected_entry as
  with made as (
    select e.office, e.sequence, s.role,
           case when r.of_dispute then coalesce(e.dispute, '') else '' end as dispute,
           case when r.of_guarantor then coalesce(e.fields ->> 'guarantor', '') else '' end as guarantor,
           e.currency, e.key, s.side * e.amount as amount
      from guarantee_api.journal e
      join guarantee.posting s on s.event = e.event and s.instrument = coalesce(e.fields ->> 'instrument', '')
      join guarantee.account_role r on r.role = s.role
  )
  select office, sequence, role, dispute, guarantor, currency, sum(amount) as amount
    from (
      select office, sequence, role, dispute, guarantor, currency, amount from made
      union all
      select e.office, e.sequence, m.role, m.dispute, m.guarantor, m.currency, -m.amount
        from guarantee.event e join made m on m.key = e.reverses
    ) every
   group by office, sequence, role, dispute, guarantor, currency;
comment on view guarantee_api.expected_entry is 'The entries that events and postings.csv call for, one for each event and account';
