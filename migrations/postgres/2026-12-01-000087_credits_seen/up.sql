-- Whether what the service saw itself is credited by itself, once its public notice is over.
ALTER TABLE crediting_policies ADD COLUMN credits_seen BIGINT;
