-- Check-ins that nobody saw, of before the service saw them itself: totals count their minutes apart.
CREATE INDEX records_self_declared ON service_records (unit) WHERE evidence IN ('scan', 'geo') AND submitted_by <> 0;
