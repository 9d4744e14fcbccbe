"""The longer statements of `populate`."""

# Most of what is over is done; what is to come is in all states of work.
STATES = """
    CASE WHEN last_day < CURRENT_DATE - 30 THEN
             CASE WHEN i < 0.2 * {orders} THEN 'archive' WHEN r < 0.80 THEN 'done'
                  WHEN r < 0.92 THEN 'cancelled' WHEN r < 0.95 THEN 'cancelled_penalty'
                  ELSE 'refused' END
         WHEN last_day < CURRENT_DATE THEN
             CASE WHEN r < 0.60 THEN 'done' WHEN r < 0.85 THEN 'booked'
                  WHEN r < 0.95 THEN 'cancelled' ELSE 'reposting' END
         ELSE
             CASE WHEN r < 0.10 THEN 'new' WHEN r < 0.20 THEN 'accepted'
                  WHEN r < 0.25 THEN 'awaiting_client'
                  WHEN r < 0.30 THEN 'client_confirmed' WHEN r < 0.45 THEN 'confirmed'
                  WHEN r < 0.85 THEN 'booked' WHEN r < 0.90 THEN 'changed'
                  ELSE 'cancelled' END
    END
"""
ORDER_STATE = """
    CASE WHEN booking_state IN ('cancelled', 'refused') THEN 'cancel'
         WHEN booking_state IN ('new', 'accepted', 'awaiting_client',
                                'client_confirmed', 'changed') THEN 'draft'
         ELSE 'sale' END
"""

# What is booked, by whom and when, in tables that end with the session: `plan` has a
# row per booking, `services` one per service.
PLAN = """
CREATE TEMP TABLE plan AS
SELECT *, {states} AS booking_state FROM (
    SELECT i, created, client, manager, services,
           first_day, first_day + nights AS last_day,
           pg_temp.r(i, 10) AS r
      FROM (
        SELECT i, created, nights, client, manager, services,
               (created + interval '120 days' * pg_temp.r(i, 12) ^ 2)::date
               AS first_day
          FROM (
            SELECT i,
                   date_trunc('second', NOW() AT TIME ZONE 'UTC'
                   - interval '{years} years' * (1 - i::float8 / {bookings})
                   - interval '8 hours' * pg_temp.r(i, 11)) AS created,
                   1 + pg_temp.n(i, 13, 9) AS nights,
                   1 + floor({clients} * pg_temp.r(i, 14) ^ 2)::int
                   AS client,
                   pg_temp.n(i, 15, 20) AS manager,
                   1 + (pg_temp.r(i, 16) < 0.5)::int
                   + (pg_temp.r(i, 17) < 0.25)::int AS services
              FROM generate_series(1, {bookings}) AS i
        ) AS a
    ) AS b
) AS c;
CREATE TEMP TABLE services AS
SELECT row_number() OVER (ORDER BY i, seq) AS n, i, seq, client, first_day,
       last_day,
       CASE WHEN seq = 1 OR luck < 0.2 THEN 'accommodation'
            WHEN luck < 0.8 THEN 'transfer' ELSE 'other' END AS kind,
       1 + floor({hotels} * pg_temp.r(i * 4 + seq, 20) ^ 2)
           ::int AS hotel,
       (2000 + 10 * pg_temp.n(i * 4 + seq, 21, 800))
       * greatest(last_day - first_day, 1) AS price,
       pg_temp.pick({cities}, i * 4 + seq, 22) || ' – '
       || pg_temp.pick({cities}, i * 4 + seq, 23) AS route
  FROM (
    SELECT plan.*, seq, pg_temp.r(i * 4 + seq, 24) AS luck
      FROM plan, generate_series(1, services) AS seq
) AS s;
ANALYZE plan;
ANALYZE services
"""

# What a booking's own columns say of its services, guests and client.
BOOKINGS = """
    SELECT plan.*, amount, summary, has_accommodation, has_transfer, has_other,
           lacks_supplier,
           client.name AS client_name, client.company_group_id,
           concat_ws(' ', CASE WHEN plan.i % 4 = 0 THEN 'REF-' || plan.i END,
                     client.name, guest_names, hotel_names, routes) AS texts
      FROM plan
      JOIN (
        SELECT i, sum(price) AS amount,
               string_agg(CASE kind WHEN 'accommodation' THEN hotels.name
                          WHEN 'transfer' THEN route ELSE 'Visa support' END, '; '
                          ORDER BY seq) AS summary,
               string_agg(hotels.name || ' ' || hotels.city_name, ' ') AS hotel_names,
               string_agg(CASE kind WHEN 'transfer' THEN route END, ' ') AS routes,
               bool_or(kind = 'accommodation') AS has_accommodation,
               bool_or(kind = 'transfer') AS has_transfer,
               bool_or(kind = 'other') AS has_other,
               bool_or(kind <> 'accommodation' AND n % 20 = 0) AS lacks_supplier
          FROM services
          LEFT JOIN tour_hotel AS hotels
            ON hotels.id = {hotels} + hotel AND kind = 'accommodation'
         GROUP BY i
      ) AS sums USING (i)
      LEFT JOIN (
        SELECT i, string_agg(last_name || ' ' || first_name || ' ' || middle_name, ' ')
                  AS guest_names
          FROM guests GROUP BY i
      ) AS names USING (i)
      JOIN res_partner AS client ON client.id = {clients} + client
"""
