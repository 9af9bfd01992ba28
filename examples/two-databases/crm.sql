-- psql -d crm -f crm.sql
create table people (
    person_id uuid primary key default gen_random_uuid(),
    mail text,
    tel text,
    first text,
    last text,
    birthday text,
    news char(1) check (news in ('Y', 'N')),
    profile jsonb not null default '{}'
);

insert into people (mail, tel, first, last, birthday, news, profile) values
    ('ADA@example.com', '(415) 555-0101', 'Ada', 'King', null, 'N', '{"interests": ["engines"], "tier": "silver"}'),
    ('cyd@example.com', null, 'Cyd', 'Reed', '01/02/1990', 'Y', '{}');
