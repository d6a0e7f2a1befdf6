-- When a code was used last stayed after people went with their organisation.
DELETE FROM totp_use u WHERE NOT EXISTS (SELECT FROM principal p WHERE p.id = u.principal_id);
